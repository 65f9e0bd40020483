/** What in a workflow's URL is the page's own, and no filter of the list on one of its tabs. */
export const PAGE_OWN: readonly string[] = ['tab', 'version', 'start']
