/**
 * Every word that this app says, by area. Another language is another object of this shape; components name a text and
 * hand it its values, with numbers and dates already written by the browser's locale.
 *
 * Not here: what the server says (the error catalogue of lib/contracts/errors.ts, and what it found), and the texts in
 * dashboards, which are their authors'.
 */
import { app } from './app';
import { catalog } from './catalog';
import { common } from './common';
import { embedding } from './embedding';
import { events } from './events';
import { feedback } from './feedback';
import { manageList } from './manage-list';
import { pages } from './pages';
import { panels } from './panels';
import { status } from './status';
import { summary } from './summary';
import { time } from './time';
import { viewer } from './viewer';

export const texts = {
  /** The language of these texts (BCP 47). */
  language: 'en',
  app,
  catalog,
  common,
  embedding,
  events,
  feedback,
  manageList,
  pages,
  panels,
  status,
  summary,
  time,
  viewer,
};
