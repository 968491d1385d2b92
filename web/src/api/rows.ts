/** Rows of the desks' lists, as the OpenAPI description has them. */
import type { components } from './generated/schema';

type Schemas = components['schemas'];

export type Encounter = Schemas['encounter'];
export type Room = Schemas['room'];
export type Clinic = Schemas['clinic'];
export type Tube = Schemas['tube'];
export type Box = Schemas['box'];
export type Case = Schemas['case_file'];
export type Contact = Schemas['contact'];
export type ControlAsked = Schemas['control_asked'];
export type Stay = Schemas['stay'];
export type StayTest = Schemas['stay_test'];
export type QuarantineRoom = Schemas['quarantine_room'];
export type QuarantineSite = Schemas['quarantine_site'];
export type Leg = Schemas['leg'];
export type Vehicle = Schemas['vehicle'];
export type Card = Schemas['card'];
export type EventReport = Schemas['event_report'];
export type Finding = Schemas['finding'];
export type Shift = Schemas['shift'];
export type Dispute = Schemas['dispute'];
export type Holding = Schemas['holding'];
export type Account = Schemas['account'];
export type Unit = Schemas['unit'];
export type Colleague = Schemas['Colleague'];
