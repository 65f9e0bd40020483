export { FormView, type FormData, type FormHandle } from './FormView'
