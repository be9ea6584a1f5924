/** The invariants of a healer of statuses. */
export const LAWS = {
  I1:
    'a success is written, or an umbrella run again, only if, since the first and since the last ' +
    'look, the newest run was over (on rows alone: or silent for 20 minutes) and everything ' +
    'required in it green',
  I2:
    'an umbrella that is green by our hand stands over a green newest run, or our row ' +
    'is taken back; where a re-run wrote it nothing can be taken back, and sweeps raise an alarm',
  I3:
    'at most one success per head and sweep, and at most one row that takes it back; at most one ' +
    "re-run, of the umbrella's job alone, in the attempt that was decided on",
  I4: 'after an answer that was an error a sweep writes no success and runs nothing again',
  I5:
    'a red of a person or of another system is never decided on, and one that lands in the ' +
    'window is put back; a re-run covers no word of theirs',
  I6: 'a stale umbrella that stays stale is repaired by the next sweep, or carries a refusal',
  I7:
    'two instances of us never fight, and no pending row of ours stays over anything ' +
    'but a pending',
  I8:
    'no success is written over an umbrella that the newest run itself judged red, unless ' +
    'vouched for: by a list for the umbrella that was named, or by its job, which only judges ' +
    'its needs',
  I9:
    'a success is written, or an umbrella run again, only if, at some instant since the last ' +
    'list of pull requests, each one on the head had a run of its own, with every job that its ' +
    'umbrella needs on its base now',
  I10:
    'a success that no longer fits who stands there, their bases and their needs is taken back ' +
    'by the look back, or by the next sweep',
} as const
