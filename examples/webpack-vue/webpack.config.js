import { VueLoaderPlugin } from "vue-loader";

export default {
  mode: "production",
  context: import.meta.dirname,
  entry: "./main.js",
  output: { path: `${import.meta.dirname}/dist`, clean: true },
  module: {
    rules: [
      { test: /\.vue$/, loader: "vue-loader" },
      { test: /\.rhai$/, type: "asset/source" },
    ],
  },
  plugins: [new VueLoaderPlugin()],
  performance: { hints: false }, // the engine is larger than webpack's 244 KiB
};
