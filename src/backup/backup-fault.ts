/** An expected failure of a backup or a restore: one sentence for whoever runs the command. */
export class BackupFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BackupFault';
  }
}
