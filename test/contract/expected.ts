import type { OllamaErrorCode } from '../../src/ollama/errors.ts';

// What the client must make of each recorded exchange: read from the bytes by hand and by another program, never
// from what the client said.

/** An answer, with its chunks told as runs: `8t 1a 1-` is eight of thinking, one of answer, one empty. */
export interface ExpectedAnswer {
  text: string;
  thinking: string;
  doneReason: string;
  chunks: string;
  /** total, load, prompt eval, eval in ns; prompt, cached and output tokens. */
  server: (number | null)[];
}

/** An error by code and status, and words that its message must have. */
export interface ExpectedFailure {
  code: OllamaErrorCode;
  status: number | null;
  says: string;
}

const answered = (answer: Omit<ExpectedAnswer, 'thinking'> & { thinking?: string }) => ({
  answer: { thinking: '', ...answer },
});
const failed = (code: OllamaErrorCode, status: number | null, says: string) => ({
  failure: { code, status, says },
});
const created = (newLayer: string) => ({
  progress: [
    'using existing layer sha256:941f309b54caaad6747569ba43712bcde44a2be3bae16c3282ff499c37c54af5',
    'using existing layer sha256:e3b2721cec511e3a627ae0993753abbf5c72cdf4cfcdbc8f5c33ce15c4c4e04b',
    `creating new layer ${newLayer}`,
    'writing manifest',
    'success',
  ],
});

const smollm2 = {
  name: 'smollm2:135m',
  digest: 'sha256:e56e912d9f4104355ddcc0167bd5664f5e031da8759cbcefbc4a6ef00d30c601',
  family: 'llama',
  format: 'gguf',
  parameterSize: '134.52M',
  quantization: 'Q4_1',
};
const gemma = {
  name: 'gemma3:270m',
  digest: 'sha256:14f8ac0fb3c4d0781f89e8e94fb0f50f6074e4433c57f2974444117109948bb3',
  family: 'gemma3',
  format: 'gguf',
  parameterSize: '268.10M',
  quantization: 'Q4_K_M',
};

const family = ({ family, format, parameterSize, quantization }: typeof smollm2) => ({
  family,
  format,
  parameterSize,
  quantization,
});
const loaded = (
  model: typeof smollm2,
  known: { sizeBytes: number; contextLength: number; expiresAt: string },
) => ({ ...model, vramBytes: 0, ...known });
const gemmaLoaded = loaded(gemma, {
  sizeBytes: 285_149_756,
  contextLength: 2048,
  expiresAt: '2026-11-23T20:03:06.182938703Z',
});

const tagsBefore = [
  {
    ...smollm2,
    name: 'smollm2-think:135m',
    digest: 'sha256:d92877d001da6537c9810528f9c20f43e718df9d59f043345a1787ac6dd64e4c',
    sizeBytes: 98_362_857,
    modifiedAt: '2026-11-23T19:52:32.480161146Z',
    capabilities: ['completion', 'thinking'],
  },
  {
    ...gemma,
    sizeBytes: 253_113_180,
    modifiedAt: '2026-11-23T19:32:36.996550627Z',
    capabilities: ['completion'],
  },
  {
    ...smollm2,
    sizeBytes: 98_362_720,
    modifiedAt: '2026-11-23T19:32:33.164267212Z',
    capabilities: ['completion'],
  },
];
const moving = (digest: string, modifiedAt: string) => ({
  ...smollm2,
  name: 'moving:latest',
  digest: `sha256:${digest}`,
  sizeBytes: 98_362_738,
  modifiedAt,
  capabilities: ['completion'],
});

export const expected: Readonly<Record<string, unknown>> = {
  'after-abort': answered({
    text: 'Yes.',
    doneReason: 'stop',
    chunks: '2a 1-',
    server: [90_333_839, 2_528_475, 54_119_000, 20_676_000, 12, null, 3],
  }),
  'after-runner-killed': answered({
    text: 'Yes.',
    doneReason: 'stop',
    chunks: '2a 1-',
    server: [641_809_981, 558_087_079, 58_024_000, 21_226_000, 12, null, 3],
  }),
  'bad-json': failed('bad-request', 400, 'unexpected EOF'),
  'bad-keep-alive': failed('bad-request', 400, 'invalid duration "ten minutes"'),
  'bad-option-type': failed('bad-request', 500, 'option "num_predict" must be of type integer'),
  'chat-load-empty': answered({
    text: '',
    doneReason: 'load',
    chunks: '1-',
    server: [null, null, null, null, null, null, null],
  }),
  'chat-stream': answered({
    text: 'A cache is a device or system that stores and retrieves data, often in a way that is not available to the original user. This can include devices like computers, smartphones, and even physical c',
    doneReason: 'length',
    chunks: '40a 1-',
    server: [466_455_783, 4_997_538, 112_097_000, 344_377_000, 24, null, 40],
  }),
  'chat-whole': answered({
    text: "I'm glad to assist you. My name is Elian, and I'm a skilled and dedicated cartographer. I've spent years studying the ancient maps of the world, and I'm proud to",
    doneReason: 'length',
    chunks: '1a',
    server: [551_813_022, 927_480, 148_394_000, 398_425_000, 33, null, 40],
  }),
  'client-abort': failed('cancelled', null, 'was cancelled'),
  'create-moves-tag': created('sha256:a41f8c74b70499173906da2680cfee3011254fde5dd55b4e80a49764ae5f808b'),
  'create-moves-tag-again': created(
    'sha256:732ee81657078c0bdc3b1d804fd346c99fbd78ece002d93a27853e1fc9c2beec',
  ),
  delete: failed('not-ollama', 200, 'answered with nothing'),
  embed: failed('unsupported', 501, 'does not support embeddings'),
  'empty-body': failed('bad-request', 400, 'missing request body'),
  'generate-format-bad': failed('bad-request', 500, 'expected "json" or a valid JSON Schema object'),
  'generate-format-json': answered({
    text: '{\n  "name": "Sam",\n  "email": "sam@example.com"\n}',
    doneReason: 'stop',
    chunks: '21a 1-',
    server: [225_909_551, 1_165_313, 20_566_000, 195_213_000, 33, null, 22],
  }),
  'generate-format-schema': answered({
    text: '{\n  "name": "Sam",\n  "email": "sam@example.com"\n}',
    doneReason: 'stop',
    chunks: '21a 1-',
    server: [233_415_146, 1_345_659, 29_844_000, 195_860_000, 33, null, 22],
  }),
  'generate-length': answered({
    text: 'To find the maximum number of consecutive integers',
    doneReason: 'length',
    chunks: '8a 1-',
    server: [166_693_104, 2_112_729, 79_581_000, 78_895_000, 19, null, 8],
  }),
  'generate-logprobs': answered({
    text: 'While language models can',
    doneReason: 'length',
    chunks: '4a 1-',
    server: [47_289_131, 1_190_380, 9_528_000, 31_497_000, 23, null, 4],
  }),
  'generate-one-token': answered({
    text: 'While',
    doneReason: 'length',
    chunks: '1a 1-',
    server: [18_235_601, 2_061_023, 9_997_000, 1_000, 23, null, 1],
  }),
  'generate-raw': answered({
    text: ' Paris.\n\nThe United States has a population of approximately',
    doneReason: 'length',
    chunks: '12a 1-',
    server: [147_563_063, 3_774_257, 31_047_000, 106_034_000, 5, null, 12],
  }),
  'generate-raw-with-template': failed(
    'bad-request',
    400,
    'raw mode does not support template, system, or context',
  ),
  'generate-stop-string': answered({
    text: "1. Caching is a performance optimization technique that allows a server to store frequently accessed data closer to the user's device, reducing the load on the server and improving overall performance.\n",
    doneReason: 'stop',
    chunks: '37a 1-',
    server: [423_416_215, 1_159_522, 68_393_000, 349_546_000, 17, null, 39],
  }),
  'generate-stream': answered({
    text: 'While language models can be a powerful tool for generating text, they can also be vulnerable to biases and limitations. In the context of AI, these limitations can be exploited to create biased models that perpetuate existing',
    doneReason: 'length',
    chunks: '40a 1-',
    server: [460_996_794, 1_270_574, 107_299_000, 348_514_000, 23, null, 40],
  }),
  'generate-stream-cached': answered({
    text: 'While language models can be a powerful tool for generating text, they can also be vulnerable to biases and limitations. In the context of AI, these limitations can be exploited to create biased models that perpetuate existing',
    doneReason: 'length',
    chunks: '40a 1-',
    server: [357_026_310, 2_274_431, 8_424_000, 341_289_000, 23, null, 40],
  }),
  'generate-stream-nonce': answered({
    text: 'The use of large language models (LGLs) is a growing concern in the field of artificial intelligence. LGLs are capable of processing vast amounts of data, but they require careful evaluation to',
    doneReason: 'length',
    chunks: '40a 1-',
    server: [484_442_118, 815_450, 116_578_000, 363_963_000, 30, null, 40],
  }),
  'generate-whole': answered({
    text: '```python\nimport json\n\njson_data = {\n    "name": "Sam",\n    "email": "example.com"\n}\njson_data["name"] = json_',
    doneReason: 'length',
    chunks: '1a',
    server: [440_895_756, 1_064_725, 120_893_000, 314_650_000, 33, null, 40],
  }),
  'images-unsupported': failed(
    'unsupported',
    400,
    '“Multimodal data provided, but model does not support multimodal requests.”',
  ),
  'load-generate': answered({
    text: '',
    doneReason: 'load',
    chunks: '1-',
    server: [null, null, null, null, null, null, null],
  }),
  'missing-model': failed('model-missing', 404, 'run `ollama pull no-such-model`'),
  'missing-model-chat': failed('model-missing', 404, 'run `ollama pull no-such-model`'),
  'name-without-tag': answered({
    text: 'Yes.',
    doneReason: 'stop',
    chunks: '2a 1-',
    server: [83_701_813, 46_129_048, 10_444_000, 23_150_000, 12, null, 3],
  }),
  'not-found-path': failed('not-ollama', 404, '404 page not found'),
  'ps-after-unload': [gemmaLoaded],
  'ps-after-unload-later': [gemmaLoaded],
  'ps-empty': [],
  'ps-loaded': [
    loaded(smollm2, {
      sizeBytes: 160_222_411,
      contextLength: 2048,
      expiresAt: '2026-11-23T20:02:58.595455486Z',
    }),
  ],
  // The tag asked for, moving:latest, shares its weights with smollm2:135m, and is listed under that name.
  'ps-name-without-tag': [
    loaded(smollm2, {
      sizeBytes: 160_222_411,
      contextLength: 2048,
      expiresAt: '2026-11-23T20:03:22.489061408Z',
    }),
    gemmaLoaded,
  ],
  'ps-two-models': [
    gemmaLoaded,
    loaded(smollm2, {
      sizeBytes: 209_505_483,
      contextLength: 4096,
      expiresAt: '2026-11-23T20:03:03.229878245Z',
    }),
  ],
  'queued-first': answered({
    text: 'To find the maximum number of steps taken by a sequence of numbers, we can use the concept of Fibonacci numbers. In the Fibonacci sequence, each number is the sum of the two preceding numbers, usually starting with 0 and 1.\n\nThe Fibonacci sequence is defined by the',
    doneReason: 'length',
    chunks: '60a 1-',
    server: [773_617_592, 1_236_956, 91_902_000, 675_715_000, 19, null, 60],
  }),
  'queued-second': answered({
    text: 'Yes.',
    doneReason: 'stop',
    chunks: '2a 1-',
    server: [776_690_298, 1_232_846, 9_784_000, 19_189_000, 12, null, 3],
  }),
  'reload-other-context': answered({
    text: 'Yes.',
    doneReason: 'stop',
    chunks: '2a 1-',
    server: [666_217_646, 573_884_034, 70_066_000, 18_107_000, 12, null, 3],
  }),
  'runner-killed-midstream': failed('runner-died', 200, 'unexpected EOF'),
  'server-killed-midstream': failed('stream-cut', 200, 'before it was complete'),
  show: {
    ...family(smollm2),
    template:
      '{{- range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}<|im_start|>assistant\n',
    parameters: 'stop                           "<|im_end|>"',
    contextLength: 8192,
    capabilities: ['completion'],
  },
  'show-missing': failed('model-missing', 404, 'run `ollama pull no-such-model`'),
  'show-thinking': {
    ...family(smollm2),
    template:
      '{{- range .Messages }}<|im_start|>{{ .Role }}\n{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}{{ .Content }}<|im_end|>\n{{ end }}<|im_start|>assistant\n{{ if and $.IsThinkSet (not $.Think) }}<think></think>{{ else }}<think>{{ end }}',
    parameters: 'stop                           "<|im_end|>"',
    contextLength: 8192,
    capabilities: ['completion', 'thinking'],
  },
  'tag-moved-after': [
    moving(
      '1b263d200d5a3e1c7225c9d4fd911f6cf160e09e87b471ed835a07d5e0736607',
      '2026-11-23T19:53:22.397639015Z',
    ),
    ...tagsBefore,
  ],
  'tag-moved-before': tagsBefore,
  'tag-moved-first': [
    moving(
      'd15d04203332d211bc454a090531cbe8b96dc10af1951da4a66d01e56adb1433',
      '2026-11-23T19:53:22.374016919Z',
    ),
    ...tagsBefore,
  ],
  tags: tagsBefore,
  'think-bad-value': failed('bad-request', 400, 'invalid think value: "enormous"'),
  'think-default': answered({
    text: '4',
    thinking: 'The user adds 2 and 2. That is 4.',
    doneReason: 'stop',
    chunks: '14t 1a 1-',
    server: [245_098_544, 3_590_134, 12_405_000, 220_995_000, 140, null, 19],
  }),
  'think-exhausted': answered({
    text: '',
    thinking: 'The user adds 2 and 2',
    doneReason: 'length',
    chunks: '8t 1-',
    server: [108_728_987, 1_600_424, 12_691_000, 88_529_000, 140, null, 8],
  }),
  'think-false': answered({
    text: '2',
    doneReason: 'stop',
    chunks: '1a 1-',
    server: [44_892_442, 1_316_845, 24_652_000, 13_923_000, 142, null, 2],
  }),
  'think-false-unsupported': answered({
    text: "I'm ready",
    doneReason: 'length',
    chunks: '3a 1-',
    server: [47_226_293, 1_658_472, 17_065_000, 21_061_000, 12, null, 3],
  }),
  'think-true': answered({
    text: '4',
    thinking: 'The user adds 2 and 2. That is 4.',
    doneReason: 'stop',
    chunks: '14t 1a 1-',
    server: [1_848_651_248, 809_478_514, 805_702_000, 224_855_000, 140, null, 19],
  }),
  'think-unsupported': failed('unsupported', 400, '“"smollm2:135m" does not support thinking”'),
  'think-whole': answered({
    text: '4',
    thinking: 'The user adds 2 and 2. That is 4.',
    doneReason: 'stop',
    chunks: '1a',
    server: [220_429_243, 1_098_408, 10_619_000, 200_324_000, 140, null, 19],
  }),
  'tools-unsupported': failed('unsupported', 400, 'smollm2:135m does not support tools'),
  'truncate-false': failed(
    'prompt-too-long',
    400,
    '“request (4010 tokens) exceeds the available context size (2048 tokens), try increasing it”',
  ),
  'truncated-silently': answered({
    text: '',
    doneReason: 'stop',
    chunks: '1-',
    server: [6_366_647_542, 575_084_266, 5_741_956_000, 1_000, 1_026, null, 1],
  }),
  'unknown-option': answered({
    text: "I'm ready",
    doneReason: 'length',
    chunks: '3a 1-',
    server: [113_256_703, 2_135_492, 54_629_000, 22_873_000, 12, null, 3],
  }),
  unload: answered({
    text: '',
    doneReason: 'unload',
    chunks: '1-',
    server: [null, null, null, null, null, null, null],
  }),
  'utf8-output': answered({
    text: '\n\nTranslate to English: Good morning. Repeat with emoji: 😃🚀\n\nTranslate to Spanish: Buenas tardes. Repeat with emoji: 😃🚀\n\nTranslate to French: Bonjour. Repeat with emoji: 😃🚀\n\nTranslate to Portuguese: Boa tarde. Repeat with emoji: 😃🚀\n\n',
    doneReason: 'length',
    chunks: '60a 1-',
    server: [2_950_345_165, 1_682_092_433, 70_584_000, 1_189_646_000, 14, null, 60],
  }),
  version: '0.32.15',
  'wrong-host': '0.32.15',
};
