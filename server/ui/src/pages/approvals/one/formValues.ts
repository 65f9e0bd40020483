type Values = Record<string, unknown>

interface Component {
  key?: string
  components?: Component[]
}

/** The names under which a form's fields are sent. Empty where a form only tells something. */
export function fieldNames(form: unknown): string[] {
  const { key, components } = (form ?? {}) as Component
  const own = typeof key === 'string' && key !== '' ? [key.split('.')[0] ?? key] : []
  return [...new Set([...own, ...(Array.isArray(components) ? components.flatMap(fieldNames) : [])])]
}

/** Only the values of a form's own fields. */
export function ownValues(form: unknown, data: Values): Values {
  return Object.fromEntries(fieldNames(form).flatMap((name) => (name in data ? [[name, data[name]]] : [])))
}

/** Values as they were kept; none if there are no readable ones. */
export function readValues(text: string): Values {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}
  } catch {
    return {}
  }
}
