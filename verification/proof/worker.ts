import type { Task } from './tasks.js'
import { perform } from './tasks.js'

// A process of its own: each message is a task, and is answered by one.
process.on('message', message => {
  void perform(message as Task).then(
    answer => process.send?.({ answer }),
    (error: unknown) => {
      process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : error })
    },
  )
})
