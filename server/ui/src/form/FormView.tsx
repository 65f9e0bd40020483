import { Skeleton } from '@mantine/core'
import { lazy, Suspense, type Ref } from 'react'

const Sheet = lazy(() => import('./Sheet').then(({ Sheet }) => ({ default: Sheet })))

export type FormData = Record<string, unknown>

/** What is asked of a form from outside. */
export interface FormHandle {
  /** Checks all fields and shows what is wrong at them; returns the data, and whether it may be sent. */
  submit(): { data: FormData; valid: boolean }
}

export interface FormProps {
  /** A form as Camunda's form editor writes it. */
  schema: object
  /** What the fields and the texts start with. */
  data?: FormData
  readOnly?: boolean
  /** Told of every change; not of the first values. */
  onChange?: (data: FormData) => void
  ref?: Ref<FormHandle>
}

/** A Camunda form. Its code comes when the first form is shown. */
export function FormView(props: FormProps) {
  return (
    <Suspense fallback={<Skeleton h={120} aria-busy />}>
      <Sheet {...props} />
    </Suspense>
  )
}
