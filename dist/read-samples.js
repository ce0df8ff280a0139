import { t as readSamples } from "./read-samples2.js";

export { readSamples };