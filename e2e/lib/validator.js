// The independent validator: html-validate with its recommended rules.

import { HtmlValidate } from 'html-validate';

import { textOf } from './crawl.js';

const VALIDATOR = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Only style, no question of validity: HTML allows each of these.
    'doctype-style': 'off', // `<!doctype html>`
    'no-trailing-whitespace': 'off', // a template's line breaks
    'long-title': 'off', // a newspaper's headline may be long
    'no-inline-style': 'error',
    'void-style': 'off', // `<br>` and `<br/>` are the same
    'prefer-native-element': 'off', // `<div role="region">` is what `<section>` with a name is
    'prefer-tbody': 'off', // a parser puts the `<tbody>` there
    'no-implicit-button-type': 'off', // a button submits its form unless it says otherwise
    'no-implicit-input-type': 'off', // an input is text unless it says otherwise
    'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }], // boxes to tick are a list
  },
});

/// What is invalid in these pages of a crawl: each fault once, with how often and where it was met first.
export async function invalid(pages) {
  const faults = new Map();
  for (const page of pages) {
    const report = await VALIDATOR.validateString(textOf(page), page.path);
    for (const { ruleId, message, line, column } of report.results.flatMap(({ messages }) => messages)) {
      const fault = `${ruleId}: ${message}`;
      const met = faults.get(fault) ?? { count: 0, where: `${page.path}:${line}:${column}` };
      met.count += 1;
      faults.set(fault, met);
    }
  }
  return [...faults].map(([fault, { count, where }]) => `${fault} (${count}×, first at ${where})`);
}
