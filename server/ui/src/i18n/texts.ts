import account from './en/account.json'
import admin from './en/admin.json'
import approvals from './en/approvals.json'
import common from './en/common.json'
import home from './en/home.json'
import runs from './en/runs.json'
import workflows from './en/workflows.json'

/** The English texts; their keys are the type of every key in the code. */
export const english = { common, home, approvals, workflows, runs, admin, account }

export type Area = keyof typeof english
export const areas = Object.keys(english) as Area[]

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof english
    returnNull: false
  }
}
