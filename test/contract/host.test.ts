import { expect, it } from 'vitest';
import { OllamaError } from '../../src/ollama/errors.ts';
import { resolveHost } from '../../src/ollama/host.ts';
import { normalizeModelName, sameModel } from '../../src/ollama/model-name.ts';

it.each([
  ['', 'http://127.0.0.1:11434'],
  ['  ', 'http://127.0.0.1:11434'],
  ['127.0.0.1', 'http://127.0.0.1:11434'],
  ['0.0.0.0', 'http://127.0.0.1:11434'],
  ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
  ['http://0.0.0.0:11434', 'http://127.0.0.1:11434'],
  [':8080', 'http://127.0.0.1:8080'],
  ['http://', 'http://127.0.0.1'],
  ['gpu-box', 'http://gpu-box:11434'],
  ['gpu-box:80', 'http://gpu-box'],
  ['gpu_box.lan:1234', 'http://gpu_box.lan:1234'],
  [' "gpu-box" ', 'http://gpu-box:11434'],
  ["'gpu-box'", 'http://gpu-box:11434'],
  ['http://gpu-box', 'http://gpu-box'],
  ['http://gpu-box:11434', 'http://gpu-box:11434'],
  ['http://:11434', 'http://127.0.0.1:11434'],
  ['HTTP://GPU-Box:11434/', 'http://gpu-box:11434'],
  ['https://ollama.example.com', 'https://ollama.example.com'],
  ['https://ollama.example.com:443', 'https://ollama.example.com'],
  ['https://ollama.example.com:8443', 'https://ollama.example.com:8443'],
  ['::1', 'http://[::1]:11434'],
  ['[::1]', 'http://[::1]:11434'],
  ['[::1]:8080', 'http://[::1]:8080'],
  ['::', 'http://[::1]:11434'],
  ['http://[::]:11434', 'http://[::1]:11434'],
  ['gpu-box/ollama', 'http://gpu-box:11434/ollama'],
  ['https://example.com/ollama/v2//', 'https://example.com/ollama/v2'],
])('resolves %j to %s', (text, url) => {
  expect(resolveHost(text)).toBe(url);
});

it.each([
  ['gpu box', 'not an address'],
  ['gpu-box:port', 'not an address'],
  ['gpu-box:70000', 'not an address'],
  ['unix:///run/ollama.sock', 'only http and https'],
  ['ftp://gpu-box', 'only http and https'],
  ['http://gpu-box/?model=x', 'a query or a fragment'],
])('refuses %j: %s', (text, why) => {
  expect(() => resolveHost(text)).toThrow(why);
});

it('refuses a password without repeating it', () => {
  try {
    resolveHost('http://me:hunter2@gpu-box');
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(OllamaError);
    expect(error).toMatchObject({ code: 'bad-host', message: expect.not.stringContaining('hunter2') });
  }
});

it.each([
  ['qwen3', 'qwen3:latest'],
  ['qwen3:8b', 'qwen3:8b'],
  ['hf.co/org/repo', 'hf.co/org/repo:latest'],
  ['localhost:5000/org/repo', 'localhost:5000/org/repo:latest'],
  ['localhost:5000/org/repo:q4', 'localhost:5000/org/repo:q4'],
])('takes %s for %s', (name, full) => {
  expect(normalizeModelName(name)).toBe(full);
});

it.each([
  ['qwen3', 'qwen3:latest', true],
  ['QWEN3:8B', 'qwen3:8b', true],
  ['qwen3', 'qwen3:8b', false],
])('tells whether %s and %s are one: %s', (a, b, same) => {
  expect(sameModel(a, b)).toBe(same);
});
