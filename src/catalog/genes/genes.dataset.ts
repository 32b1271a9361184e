import { defineDataset } from '../declaration.js';

export default defineDataset({
  name: 'genes',
  title: 'HGNC complete set of human genes',
  description:
    'All approved names and symbols of human genes, with their places and references to other databases.',
  source: 'https://www.genenames.org/download/statistics-and-files/',
  licence: 'CC0',
  citation:
    'HGNC Database, HUGO Gene Nomenclature Committee (HGNC), European Molecular Biology Laboratory, genenames.org',
  url: 'https://storage.googleapis.com/public-download-files/hgnc/tsv/tsv/hgnc_complete_set.txt',
  key: 'hgnc_id',
  time: 'date_approved_reserved',
  path: 'response.docs',
  columns: {
    hgnc_id: { type: 'text', description: 'Id of the gene, such as HGNC:5' },
    symbol: { type: 'text', description: 'Approved symbol' },
    name: { type: 'text', description: 'Approved name' },
    locus_group: { type: 'text', description: 'Group of locus types' },
    locus_type: { type: 'text', description: 'Type of the locus' },
    status: { type: 'text', description: 'Approved, or Entry Withdrawn' },
    location: { type: 'text', description: 'Cytogenetic place, such as 19q13.43' },
    gene_group_id: { type: 'text', description: 'Ids of gene groups, separated by |' },
    date_approved_reserved: {
      type: 'date',
      description: 'When the symbol was approved or reserved',
    },
    date_symbol_changed: { type: 'date', description: 'When the symbol was last changed' },
    date_name_changed: { type: 'date', description: 'When the name was last changed' },
    date_modified: { type: 'date', description: 'When the entry was last changed' },
    entrez_id: { type: 'text', description: 'Id in NCBI Gene' },
    ensembl_gene_id: { type: 'text', description: 'Id in Ensembl' },
    // Ids too, several with | in some rows only: a part of the file shall not give them another type.
    omim_id: { type: 'text', description: 'Ids in OMIM, separated by |' },
    orphanet: { type: 'text', description: 'Id in Orphanet' },
    homeodb: { type: 'text', description: 'Id in the Homeobox Database' },
    'mamit-trnadb': { type: 'text', description: 'Id in the Mamit-tRNA Database' },
  },
  needs: ['hgnc_id', 'symbol'],
  ownRoutes: true,
});
