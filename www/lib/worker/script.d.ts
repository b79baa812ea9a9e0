// A script for a worker: it is run, and exports nothing.

export {};
