import type { Result } from '../core/model/result.js'
import { failure, success } from '../core/model/result.js'
import { ForgeError } from './port.js'

/** A read whose failure is a value. What is no `ForgeError` is a defect, and thrown. */
export async function attempt<T>(read: () => Promise<T>): Promise<Result<T, ForgeError>> {
  try {
    return success(await read())
  } catch (error) {
    if (error instanceof ForgeError) return failure(error)
    throw error
  }
}
