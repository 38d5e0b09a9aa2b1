import { chromium } from '@playwright/test';
import { findBrowser } from './scripts/find-browser.mjs';
const b = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
const U = 'http://localhost:4173';
const ctx = await b.newContext({ viewport: { width: 390, height: 844 }, acceptDownloads: true });
for (const n of process.argv.slice(2)) {
  const p = await ctx.newPage();
  await p.goto(U + '/#/about'); 
  await p.waitForTimeout(1500); const set = p.getByRole('button', { name: /^Set up/ });
  if (await set.isVisible().catch(() => false)) { await set.click(); await p.getByText(/^Processor, \d+ threads?/).waitFor({ timeout: 120000 }); }
  await p.goto(U + '/#/protect');
  for (const part of ['a', 'b']) { if (part === 'b') { await p.getByRole('button', { name: 'Another photo, same key' }).click(); await p.waitForTimeout(700); console.log((await p.getByRole('button').allInnerTexts()).join(' | ').slice(0, 200)); }
    let c = p.waitForEvent('filechooser'); await p.getByRole('button', { name: /^Choose a photo/ }).first().click();
    await (await c).setFiles(`/tmp/x/v/${n}${part}.jpg`);
    await p.getByRole('button', { name: /^Protect (this photo|\d+ faces)/ }).click({ timeout: 25000 }).catch(async (e) => { await p.screenshot({ path: '/tmp/x/v/fail.png' }); throw e; }); const t = Date.now();
    const h = p.getByRole('heading', { level: 1, name: /^(Ready|Look|Covered|Do not|Still)/ }); await h.waitFor({ timeout: 120000 });
    const text = await p.locator('main').innerText();
    console.log(n, part, await h.innerText(), Date.now() - t, 'ms', (text.match(/.*(person|people) .*tried.*|.*tried.*/gi) || []).slice(0, 3));
    await p.screenshot({ path: `/tmp/x/v/${n}${part}.png`, fullPage: true });
    const save = async (name) => { const d = p.waitForEvent('download'); await p.getByRole('button', { name }).first().click(); const x = await d; await x.saveAs(`/tmp/x/v/out-${n}${part}-` + (name === 'Save photo' ? 'photo.png' : 'key')); await p.getByRole('button', { name: /^Yes, it is there/ }).click({ timeout: 4000 }).catch(() => {}); };
    await save('Save photo'); if (part === 'a') { await save('Save key'); }
    await p.waitForTimeout(800); await p.screenshot({ path: `/tmp/x/v/${n}${part}-sent.png` });
    if (part === 'a') { const more = p.getByRole('button', { name: /another photo/i }); console.log('more:', await more.count(), (await p.getByRole('button').allInnerTexts()).join(' | ').slice(0, 300)); }
  }
  await p.close();
}
await b.close();
