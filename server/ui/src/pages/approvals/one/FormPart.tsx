import { Alert, Card } from '@mantine/core'
import { useImperativeHandle, useMemo, useRef, useState, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalDetail } from '~/api'
import { useDraft } from '~/components'
import { FormView, type FormHandle as ViewHandle } from '~/form'
import { fieldNames, ownValues, readValues } from './formValues'
import { Section } from './Section'

/** What the decision asks of the form. */
export interface FormHandle {
  /** Whether it may be sent; shows what is missing. */
  valid(): boolean
  /** What is filled in; undefined where nothing can be. */
  values(): Record<string, unknown> | undefined
}

interface Props {
  approval: ApprovalDetail
  readOnly: boolean
  ref: Ref<FormHandle>
}

/** The approval's form: what it tells and what it asks. What was typed outlives a reload. */
export function FormPart({ approval, readOnly, ref }: Props) {
  const { t } = useTranslation('approvals')
  const { form, formValues } = approval
  const asks = fieldNames(form).length > 0
  const [draft, setDraft] = useDraft(`approval.${approval.id}.form`)
  const [typed] = useState(() => readValues(draft))
  const data = useMemo(() => ({ ...(formValues as Record<string, unknown>), ...typed }), [formValues, typed])
  const [invalid, setInvalid] = useState(false)
  const view = useRef<ViewHandle>(null)
  const card = useRef<HTMLDivElement>(null)

  useImperativeHandle(ref, () => ({
    valid() {
      const valid = !asks || view.current?.submit().valid !== false
      setInvalid(!valid)
      if (!valid) {
        card.current?.scrollIntoView({ block: 'center' })
      }
      return valid
    },
    values: () => (asks ? ownValues(form, view.current?.submit().data ?? {}) : undefined),
  }))

  if (form === undefined) {
    return null
  }
  return (
    <Section title={t(asks ? 'form.asks' : 'form.tells')}>
      <Card ref={card}>
        {invalid && (
          <Alert color="red" role="alert" mb="sm">
            {t('form.invalid')}
          </Alert>
        )}
        <FormView
          ref={view}
          schema={form}
          data={data}
          readOnly={readOnly}
          onChange={(changed) => {
            setInvalid(false)
            setDraft(JSON.stringify(ownValues(form, changed)))
          }}
        />
      </Card>
    </Section>
  )
}
