/** Name of the record's database in our own engine. */
export const RECORD = 'rapporteur'

/** Session advisory locks in the record's database. */
export const IN_USE = 7300010
export const SERVING = 7300011
export const PREPARING = 7300012
export const FIRST_PERSON = 7300013
export const KEEPING = 7300014
export const CLEANING = 7300015
