interface ImportMetaEnv {
  /** Lower-case hex SHA-256 of src/engine/constants.json, put in by the build. */
  readonly CONSTANTS_DIGEST: string;
}
