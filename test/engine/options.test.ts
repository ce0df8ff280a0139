import { expect, test } from 'vitest';
import { parseParameters, renderParameters } from '../../src/embedded/modelfile.ts';
import { resolveOptions } from '../../src/embedded/options.ts';

test('a request goes before the model, and the model before the defaults', () => {
  const options = resolveOptions(
    { temperature: 0, num_ctx: 512, stop: ['a'] },
    { num_ctx: 256, top_k: null },
  );
  expect(options).toMatchObject({ temperature: 0, num_ctx: 256, top_k: 40, top_p: 0.9, stop: ['a'] });
  expect(resolveOptions({}, {})).toMatchObject({
    temperature: 0.8,
    num_predict: -1,
    repeat_penalty: 1,
    stop: [],
  });
});

test('whole numbers are cut, as Go does', () => {
  expect(resolveOptions({}, { num_predict: 3.9, seed: -0.5 })).toMatchObject({ num_predict: 3, seed: -0 });
});

test('unknown options are ignored', () => {
  expect(resolveOptions({}, { no_such_option: 1 })).toEqual(resolveOptions({}, {}));
});

test.each([
  [{ num_predict: 'many' }, 'option "num_predict" must be of type integer'],
  [{ temperature: '0' }, 'option "temperature" must be of type float32'],
  [{ use_mmap: 1 }, 'option "use_mmap" must be of type boolean'],
  [{ stop: 'x' }, 'option "stop" must be of type array'],
  [{ stop: ['x', 1] }, 'option "stop" must be of an array of strings'],
])('%j is a 500', (options, message) => {
  expect(() => resolveOptions({}, options)).toThrow(expect.objectContaining({ status: 500, message }));
});

const modelfile = `# a comment
FROM ./x.gguf
TEMPLATE """{{ .Prompt }}
PARAMETER num_ctx 1
"""
PARAMETER stop "<|end|>"
parameter stop <|user|>
PARAMETER num_ctx 512
PARAMETER temperature 0.5
PARAMETER use_mmap false
`;

test("a Modelfile's parameters are read, and shown as Ollama shows them", () => {
  const parameters = parseParameters(modelfile, 'Modelfile');
  expect(parameters).toEqual({
    stop: ['<|end|>', '<|user|>'],
    num_ctx: 512,
    temperature: 0.5,
    use_mmap: false,
  });
  expect(renderParameters(parameters).split('\n')).toEqual([
    'stop                           "<|end|>"',
    'stop                           "<|user|>"',
    'num_ctx                        512',
    'temperature                    0.5',
    'use_mmap                       false',
  ]);
});

test.each(['PARAMETER no_such 1', 'PARAMETER num_ctx many'])('%s is refused', (line) => {
  expect(() => parseParameters(line, 'x.Modelfile')).toThrow(/^x\.Modelfile: PARAMETER/);
});
