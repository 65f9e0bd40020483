import { useSite } from '~/api'

/** A site by its name; by its id while that is unknown. */
export function SiteName({ id }: { id: string }) {
  return useSite(id)?.name ?? id
}
