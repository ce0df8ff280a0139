/** What a history says of itself, to people who come upon the branch. */
export const historyReadme = `# A history of benchmarks

Herdmark keeps here what its runs found. Machines write this branch: \`herdmark publish\` adds runs, and never changes one.

- \`runs/<yyyy>/<mm>/<run id>.json.gz\`: what a run found, by model and prompt.
- \`samples/<yyyy>/<mm>/<run id>.json.gz\`: its single requests, unless they were removed to save space.
- \`inputs/\`: configs, prompt sets and lists of questions, named by their content.
- \`outputs/\`: what the models answered, named by its content. An answer that stays the same is here once.

Look into it with \`herdmark history show\`, check it with \`herdmark history verify\`, take it into a spreadsheet or a
data frame with \`herdmark history export\`. Whoever can read this branch can read the prompts and the answers.
`;
