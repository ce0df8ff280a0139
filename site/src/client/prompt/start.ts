import { whenNear } from '../when-near.ts';

const form = document.querySelector<HTMLFormElement>('[data-compare-form]');
const result = document.querySelector<HTMLElement>('[data-compare-result]');
if (form && result) {
  // What compares comes when somebody is about to see it.
  whenNear(form, () => void import('./compare-answers.tsx').then((it) => it.compareAnswers(form, result)));
}
