/** Lets the page show that it is busy before it is: deriving a key from a passphrase holds its thread for a second. */
export function painted(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 40));
}
