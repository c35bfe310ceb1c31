import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE "office_terms" (
    "id"         VARCHAR(36) NOT NULL,
    "society_id" VARCHAR(36) NOT NULL,
    "person_id"  VARCHAR(36) NOT NULL,
    "office"     VARCHAR(20) NOT NULL,
    "from_on"    VARCHAR(10) NOT NULL,
    "until_on"   VARCHAR(10) NOT NULL,
    "ended_on"   VARCHAR(10),
    "created_at" DATETIME(3) NOT NULL,
    CONSTRAINT "pk_office_terms" PRIMARY KEY ("id"),
    CONSTRAINT "ck_office_terms_span" CHECK (until_on >= from_on),
    CONSTRAINT "ck_office_terms_ended" CHECK (ended_on IS NULL OR (ended_on >= from_on AND ended_on <= until_on)),
    CONSTRAINT "fk_office_terms_society" FOREIGN KEY ("society_id") REFERENCES "organisations" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "fk_office_terms_person" FOREIGN KEY ("person_id") REFERENCES "persons" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`,
  `CREATE INDEX "ix_office_terms_society" ON "office_terms" ("society_id", "until_on")`,
  `CREATE INDEX "ix_office_terms_person" ON "office_terms" ("person_id", "society_id")`,
  `CREATE TABLE "office_slots" (
    "id"         VARCHAR(36) NOT NULL,
    "society_id" VARCHAR(36) NOT NULL,
    "person_id"  VARCHAR(36) NOT NULL,
    "slot"       VARCHAR(40) NOT NULL,
    "term_id"    VARCHAR(36) NOT NULL,
    "held_until" VARCHAR(10) NOT NULL,
    CONSTRAINT "pk_office_slots" PRIMARY KEY ("id"),
    CONSTRAINT "uq_office_slots_slot" UNIQUE ("society_id", "person_id", "slot"),
    CONSTRAINT "fk_office_slots_term" FOREIGN KEY ("term_id") REFERENCES "office_terms" ("id")
      ON DELETE NO ACTION ON UPDATE NO ACTION
  )`,
  `CREATE INDEX "ix_office_slots_term" ON "office_slots" ("term_id")`,
];

/** Who holds which office until when, and the slots by which the database refuses two incompatible ones. */
export class CreateOffices1795305600600 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const held = (await queryRunner.query(`SELECT "id" FROM "office_terms" LIMIT 1`)) as unknown[];
    if (held.length > 0) throw new Error('Offices were given: restore a backup, do not revert');
    for (const table of ['office_slots', 'office_terms']) await queryRunner.query(`DROP TABLE "${table}"`);
  }
}
