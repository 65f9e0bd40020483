import type { components } from './schema'

type Problem = components['schemas']['Problem']

/** What kind of failure it is, as far as the UI tells them apart. */
export type ProblemKind =
  | 'away'
  | 'signed-out'
  | 'csrf'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'invalid'
  | 'too-many'
  | 'fault'

/** A call that failed. `status` is 0 where no server answered. */
export class ApiProblem extends Error {
  readonly kind: ProblemKind
  readonly status: number
  readonly title: string
  readonly requestId: string | undefined
  /** What is wrong with single values: the field's path and a sentence. */
  readonly fields: readonly { field: string; message: string }[]

  constructor(problem: Partial<Problem> & { status: number }) {
    super(problem.detail ?? problem.title ?? `HTTP ${problem.status}`)
    this.name = 'ApiProblem'
    this.status = problem.status
    this.title = problem.title ?? ''
    this.requestId = problem.requestId
    this.fields = problem.errors ?? []
    this.kind = kindOf(problem.status, problem.type)
  }

  /** The problem of a server that can't be reached. */
  static away(): ApiProblem {
    return new ApiProblem({ status: 0 })
  }

  /** Whether the same call may work a little later. */
  get passing(): boolean {
    return this.kind === 'away' || this.status === 502 || this.status === 503 || this.status === 504
  }

  /** What is wrong with a field, such as `username`. */
  field(name: string): string | undefined {
    return this.fields.find((error) => error.field === name)?.message
  }
}

/** Reads a failed response, whether a server or something before it answered. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  if (response.headers.get('Content-Type')?.includes('json')) {
    try {
      return new ApiProblem({ ...(await response.json()), status: response.status })
    } catch {
      // Cut off on its way: the status alone has to do.
    }
  }
  return new ApiProblem({ status: response.status })
}

/** Any thrown value as a problem. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) {
    return thrown
  }
  return new ApiProblem({ status: -1, detail: thrown instanceof Error ? thrown.message : String(thrown) })
}

function kindOf(status: number, type: string | undefined): ProblemKind {
  switch (status) {
    case 0:
    case 502:
    case 503:
    case 504:
      return 'away'
    case 401:
      return 'signed-out'
    case 403:
      return type?.endsWith(':csrf') ? 'csrf' : 'forbidden'
    case 404:
    case 410:
      return 'missing'
    case 409:
    case 412:
      return 'conflict'
    case 400:
    case 413:
    case 415:
    case 422:
      return 'invalid'
    case 429:
      return 'too-many'
    default:
      return 'fault'
  }
}
