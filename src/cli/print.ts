/** Writes to standard output, what programs read; the end of the line is added where it is missing. */
export const print = (text: string): void => {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
};
