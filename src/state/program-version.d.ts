interface ImportMetaEnv {
  /** Of `package.json`, put in by the build. */
  readonly PROGRAM_VERSION: string;
}
