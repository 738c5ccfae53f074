import type { consentOperations } from '../protection/consent-contract.ts'
import { finishTask, readTasks } from '../protection/consent-tasks.ts'
import { giveConsent } from '../protection/give-consent.ts'
import { addHelper, describeHelper } from '../protection/keep-helper.ts'
import { addInterlocutor, describeInterlocutor } from '../protection/keep-interlocutor.ts'
import { endConcern, linkConcern } from '../protection/link-concern.ts'
import { endTraining, markTrained, readTraining } from '../protection/mark-trained.ts'
import { answerPublicReason, givePublicReason } from '../protection/public-reason.ts'
import { readPeople, readPerson } from '../protection/read-people.ts'
import { withdrawConsent } from '../protection/withdraw-consent.ts'
import type { interviewOperations } from '../sources/interview-contract.ts'
import { describeInterview, readInterviews, recordInterview } from '../sources/record-interview.ts'
import { openSensitiveForm, saveSensitiveForm } from '../sources/sensitive-form.ts'
import type { Handlers } from './handlers.ts'

export const consentHandlers: Handlers<typeof consentOperations> = {
  async interlocutors({ read }) {
    return read(readPeople)
  },
  async addInterlocutor({ write, body }) {
    return write((tx) => addInterlocutor(tx, body))
  },
  async interlocutor({ read, params: { id } }) {
    const page = await read((tx) => readPerson(tx, id))
    const { grants, reasons, uses, tasks, links, helpers, concerns } = page
    return {
      ...page,
      grants: [...grants],
      reasons: [...reasons],
      uses: [...uses],
      tasks: [...tasks],
      links: [...links],
      helpers: [...helpers],
      concerns: { ...concerns },
    }
  },
  async describeInterlocutor({ write, params: { id }, body }) {
    return write((tx) => describeInterlocutor(tx, id, body as Parameters<typeof describeInterlocutor>[2]))
  },
  async addHelper({ write, body }) {
    return write((tx) => addHelper(tx, body))
  },
  async describeHelper({ write, params: { id }, body }) {
    return write((tx) => describeHelper(tx, id, body))
  },
  async giveConsent({ write, params: { id }, body }) {
    return write((tx) => giveConsent(tx, id, body))
  },
  async withdrawConsent({ write, params: { id }, body }) {
    return write((tx) => withdrawConsent(tx, id, body))
  },
  async linkConcern({ write, params: { id }, body }) {
    return write((tx) => linkConcern(tx, { interlocutor: id, ...body }))
  },
  async endConcern({ write, params: { id }, body: { reason } }) {
    return write((tx) => endConcern(tx, id, reason))
  },
  async givePublicReason({ write, params: { id }, body }) {
    return write((tx) => givePublicReason(tx, id, body))
  },
  async answerPublicReason({ write, params: { id }, body }) {
    return write((tx) => answerPublicReason(tx, id, body))
  },
  async consentTasks({ read }) {
    return read(readTasks)
  },
  async finishTask({ write, params: { id }, body: { what } }) {
    return write((tx) => finishTask(tx, id, what))
  },
  async training({ read }) {
    return read(readTraining)
  },
  async markTrained({ write, body }) {
    return write((tx) => markTrained(tx, body))
  },
  async endTraining({ write, body }) {
    return write((tx) => endTraining(tx, body))
  },
}

export const interviewHandlers: Handlers<typeof interviewOperations> = {
  async interviews({ read, params: { id } }) {
    return { interviews: await read((tx) => readInterviews(tx, id)) }
  },
  async recordInterview({ write, params: { id }, body }) {
    return write((tx) => recordInterview(tx, id, body))
  },
  async describeInterview({ write, params: { id }, body }) {
    return write((tx) => describeInterview(tx, id, body))
  },
  async openSensitiveForm({ read, params: { id } }) {
    return { account: await read((tx) => openSensitiveForm(tx, id)) }
  },
  async saveSensitiveForm({ write, params: { id }, body }) {
    return write((tx) => saveSensitiveForm(tx, id, body))
  },
}
