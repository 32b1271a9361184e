/** The record that the documents of the routes show. */
export const RECORD_EXAMPLE = { id: 1, name: 'Aachen', 'mass (g)': 21 };
