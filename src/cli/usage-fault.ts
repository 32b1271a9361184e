/** The call itself is at fault: exit code 2. */
export class UsageFault extends Error {}

/** What was asked for did not come about, for a reason that needs no stack: exit code 1. */
export class TaskFault extends Error {}
