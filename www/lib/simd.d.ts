// `cadans/simd`: as "cadans", with the module that needs vectors of 128 bits alone.

export * from "./cadans.js";
