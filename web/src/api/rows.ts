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
export type Gate = Schemas['gate'];
export type GateShift = Schemas['gate_shift'];
export type GateCheck = Schemas['gate_check'];
export type Controlled = Schemas['controlled'];
export type TruckRun = Schemas['truck_run'];
export type Landing = Schemas['landing'];
export type Arrival = Schemas['arrival'];
export type Reread = Schemas['reread'];
export type Returnee = Schemas['returnee'];
export type KeyPerson = Schemas['key_person'];
export type ExternalList = Schemas['external_list'];
export type Card = Schemas['card'];
export type EventReport = Schemas['event_report'];
export type Finding = Schemas['finding'];
export type Shift = Schemas['shift'];
export type Dispute = Schemas['dispute'];
export type Holding = Schemas['holding'];
export type Account = Schemas['account'];
export type Unit = Schemas['unit'];
export type Colleague = Schemas['Colleague'];
