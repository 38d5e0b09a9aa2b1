import type { Catalogue } from '../catalogue';
import { about } from './about';
import { app, common, models, steps } from './app';
import { batch, camera } from './capture';
import { clinicLink } from './clinic-link';
import { compare } from './compare';
import { errors } from './errors';
import { keys } from './keys';
import { proofSheet, protect, result } from './protect';
import { restore } from './restore';
import { stand } from './stand';
import { intake, send, visit } from './visit';
import { viewer } from './viewer';

/** The Simplified Chinese catalogue. */
export const zh: Catalogue = {
  app,
  common,
  steps,
  models,
  errors,
  protect,
  result,
  proofSheet,
  visit,
  clinicLink,
  intake,
  send,
  camera,
  batch,
  restore,
  viewer,
  compare,
  keys,
  about,
  stand,
};
