// Rules, packs, settings and findings.

export default {
  title: "Rules",
};
