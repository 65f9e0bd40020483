import type { FormData } from '~/form'

/** A part of a form, as Camunda's form editor writes it. */
interface Component {
  type?: unknown
  key?: unknown
  path?: unknown
  components?: unknown
}

/** The variables that a form writes, each with the type of its field: `brand.name` writes `brand`. */
export function fieldsOf(schema: object): Map<string, string> {
  const fields = new Map<string, string>()
  const visit = (component: Component) => {
    for (const name of [component.path, component.key]) {
      if (typeof name === 'string' && name !== '') {
        fields.set(name.split('.')[0] ?? name, typeof component.type === 'string' ? component.type : '')
      }
    }
    if (Array.isArray(component.components)) {
      component.components.forEach((each: Component) => visit(each))
    }
  }
  visit(schema as Component)
  return fields
}

/** Of a run's variables those that its start form asks for. A field of text gets a list as its author typed it. */
export function valuesFor(schema: object, variables: Readonly<Record<string, unknown>>): FormData {
  const values: FormData = {}
  for (const [name, type] of fieldsOf(schema)) {
    const value = variables[name]
    if (value !== undefined && value !== null) {
      values[name] = type.startsWith('text') && Array.isArray(value) ? value.join(', ') : value
    }
  }
  return values
}

/** What is sent: nothing that was left empty, since a diagram tells what is missing from what is empty. */
export function withoutEmpty(data: FormData): FormData {
  return Object.fromEntries(
    Object.entries(data).filter(([, value]) => value !== '' && value !== null && value !== undefined),
  )
}

/** Reads values that were kept as text; nothing of what isn't readable. */
export function readKept(text: string): FormData | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as FormData) : undefined
  } catch {
    return undefined
  }
}
