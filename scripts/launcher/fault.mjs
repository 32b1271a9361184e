/** A reason not to start, said in one plain line; anything else that is thrown is a bug of the launcher. */
export class Fault extends Error {}
