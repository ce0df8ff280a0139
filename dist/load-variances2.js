import { i as variancesLike, n as addNightVariances, r as readLoadVariances, t as addLoadVariances } from "./load-variances.js";

export { addLoadVariances, addNightVariances, readLoadVariances, variancesLike };