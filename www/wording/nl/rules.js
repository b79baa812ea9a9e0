// Regels, pakketten, instellingen en wat eraan mankeert.

export default {
  title: "Regels",
};
