/** As src/schema/history.ts says, without its library: this comes into a page of answers. */
export const contentId = /^[0-9a-f]{32}$/;
