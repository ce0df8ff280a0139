// src/store/input-error.ts
/** Something a person gave us is wrong: the message names the file, the place, the value and the fix. */
var InputError = class extends Error {
	code;
	constructor(code, message, options) {
		super(message, options);
		this.name = "InputError";
		this.code = code;
	}
};

export { InputError as t };