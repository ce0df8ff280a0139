import { startPart } from '../start-part.ts';
import { whenNear } from '../when-near.ts';

const form = document.querySelector<HTMLFormElement>('[data-compare-form]');
const result = document.querySelector<HTMLElement>('[data-compare-result]');
if (form && result) {
  // What compares comes when somebody is about to see it.
  const start = async () => {
    const { compareAnswers } = await import('./compare-answers.tsx');
    compareAnswers(form, result);
  };
  whenNear(form, () => void startPart(result, start));
}
