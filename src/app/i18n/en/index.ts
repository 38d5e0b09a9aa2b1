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

/** The English catalogue. Its shape is the shape every other language must have. */
export const en = {
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
} as const;
