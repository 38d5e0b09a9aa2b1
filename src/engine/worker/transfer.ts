import { transferHandlers, type TransferHandler } from 'comlink';
import { RofiError, type ErrorCode } from '../../errors';
import { asRofiError } from './as-rofi-error';

interface Thrown {
  readonly value: unknown;
}

interface SerializedError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly values: RofiError['values'];
}

/**
 * Lets errors keep their code and values between page and worker. Both ends call it once.
 * Whatever else is thrown arrives as `out-of-memory` or `internal`.
 */
export function carryErrors(): void {
  const builtIn = transferHandlers.get('throw');
  const handler: TransferHandler<Thrown, SerializedError> = {
    canHandle: (value): value is Thrown => builtIn?.canHandle(value) ?? false,
    serialize({ value }) {
      const { code, message, values } = asRofiError(value, 'internal');
      return [{ code, message, values }, []];
    },
    deserialize({ code, message, values }) {
      throw new RofiError(code, message, values);
    },
  };
  transferHandlers.set('throw', handler);
}
