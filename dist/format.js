// src/core/render/format.ts
/** What stands where there is no number: undefined is never shown as 0. */
const missing = "–";
const durations = [
	["ms", 1],
	["s", 1e3],
	["min", 6e4],
	["h", 36e5]
];
const sizes = [
	["B", 1],
	["KiB", 1024],
	["MiB", 1024 ** 2],
	["GiB", 1024 ** 3],
	["TiB", 1024 ** 4]
];
const digits = /* @__PURE__ */ new Map();
/** Made when it is needed first: the first takes a process 5 ms and more. */
function digitsAfterPoint(count) {
	const known = digits.get(count);
	if (known !== void 0) return known;
	const made = new Intl.NumberFormat("en-US", {
		minimumFractionDigits: count,
		maximumFractionDigits: count
	});
	digits.set(count, made);
	return made;
}
/** Three significant digits: more would pretend to a precision that timings do not have. */
function formatNumber(value) {
	if (!isKnown(value)) return "–";
	if (value === 0) return "0";
	const rounded = Number(value.toPrecision(3));
	return digitsAfterPoint(Math.min(Math.max(2 - Math.floor(Math.log10(Math.abs(rounded))), 0), 20)).format(rounded).replace("-", "−");
}
/** Milliseconds, in the unit that reads best: `0.421 ms`, `12.3 ms`, `1.23 s`, `2.05 min`. */
function formatMs(milliseconds) {
	return formatIn(durations, milliseconds);
}
/** Bytes in binary units, as VRAM and model sizes are told: `5.20 GiB`. */
function formatBytes(bytes) {
	if (isKnown(bytes) && Math.abs(bytes) < 1024) return `${formatCount(bytes)} B`;
	return formatIn(sizes, bytes);
}
/** A quantity in the unit that it has: `212 W`, `0.482 req/s`. */
function formatUnit(value, unit) {
	return isKnown(value) ? `${formatNumber(value)} ${unit}` : "–";
}
/** Tokens per second: `42.1 tok/s`. */
function formatRate(tokensPerSecond) {
	return formatUnit(tokensPerSecond, "tok/s");
}
/** What an output token takes: `0.412 J`. */
function formatEnergy({ joulesPerOutputToken }) {
	return formatUnit(joulesPerOutputToken, "J");
}
/** A count, whole: `12,345`. */
function formatCount(count) {
	return isKnown(count) ? digitsAfterPoint(0).format(count).replace("-", "−") : "–";
}
/** `1 prompt`, `25 prompts`. */
function formatQuantity(count, singular, plural = `${singular}s`) {
	return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}
/** `48 of 50`; of nothing there is no share. */
function formatShare(part, whole) {
	return whole === 0 ? "–" : `${formatCount(part)} of ${formatCount(whole)}`;
}
/** A value of one of the metrics in its own unit. */
function formatMetric(metric, value) {
	return metric.endsWith("PerSecond") ? formatRate(value) : formatMs(value);
}
/** A percentile; null although there are samples means that they are too few to bound it. */
function formatPercentile(metric, value, n) {
	if (value !== null || n === 0) return formatMetric(metric, value);
	return `n too small (${formatCount(n)})`;
}
/** The first eight hex digits of a `sha256:` digest: enough to tell two apart, as in folder names. */
function formatDigest(digest) {
	return digest.replace(/^sha256:/, "").slice(0, 8);
}
/** An ISO time in UTC to the minute: `2026-11-24 01:30 UTC`. */
function formatTime(isoTime) {
	return `${isoTime.slice(0, 10)} ${isoTime.slice(11, 16)} UTC`;
}
function formatIn(units, value) {
	if (!isKnown(value)) return "–";
	const [name, size] = units.findLast(([, size]) => Number(Math.abs(value / size).toPrecision(3)) >= 1) ?? units[0];
	return `${formatNumber(value / size)} ${name}`;
}
function isKnown(value) {
	return value !== null && value !== void 0 && Number.isFinite(value);
}

export { formatMetric as a, formatPercentile as c, formatShare as d, formatTime as f, formatEnergy as i, formatQuantity as l, formatCount as n, formatMs as o, formatUnit as p, formatDigest as r, formatNumber as s, formatBytes as t, formatRate as u };