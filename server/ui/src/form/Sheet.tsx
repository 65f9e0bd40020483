import '@bpmn-io/form-js-viewer/dist/assets/form-js.css'
import './form.css'

import { Form } from '@bpmn-io/form-js-viewer'
import { Alert } from '@mantine/core'
import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormData, FormProps } from './FormView'

/** The form itself, by form-js. Its logo has to stay in sight. */
export function Sheet({ schema, data, readOnly = false, onChange, ref }: FormProps) {
  const { t } = useTranslation()
  const holder = useRef<HTMLDivElement>(null)
  const form = useRef<Form>(undefined)
  const tell = useRef(onChange)
  const [failed, setFailed] = useState<string>()
  useEffect(() => {
    tell.current = onChange
  })

  // Typed values must outlive a new answer of the server with the same content.
  const content = JSON.stringify([schema, data])
  useEffect(() => {
    if (holder.current === null) {
      return undefined
    }
    const [opened, values] = JSON.parse(content) as [object, FormData | null]
    const made = new Form({ container: holder.current })
    form.current = made
    setFailed(undefined)
    made.importSchema(opened, values ?? {}).then(
      () => made.on('changed', ({ data: changed }: { data: FormData }) => tell.current?.(changed)),
      (thrown: unknown) => setFailed(String(thrown)),
    )
    return () => {
      form.current = undefined
      made.destroy()
    }
  }, [content])

  useEffect(() => form.current?.setProperty('readOnly', readOnly), [readOnly, content])

  useImperativeHandle(ref, () => ({
    submit() {
      const { data: given, errors } = form.current?.submit() ?? { data: {}, errors: {} }
      return { data: given as FormData, valid: Object.keys(errors).length === 0 }
    },
  }))

  if (failed !== undefined) {
    return (
      <Alert color="red" role="alert" title={t('form.failed')}>
        {failed}
      </Alert>
    )
  }
  return <div ref={holder} className="segue-form" />
}
