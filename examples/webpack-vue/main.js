import { createApp } from "vue";
import Queue from "./Queue.vue";

createApp(Queue, { now: "2026-11-20T10:00:00+01:00" }).mount("#app");
