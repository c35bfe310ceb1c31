import type { MigrationInterface, QueryRunner } from 'typeorm';
import { endAppendOnly, makeAppendOnly } from '../src/platform/database/migrations.js';

const TABLES = ['notice_gaps', 'notice_incident_notes', 'notice_papers_down', 'notice_incidents'];
const references = (table: string) => `REFERENCES "${table}" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION`;

/** Notices that were taken down, their papers, who was told; and papers that were gone from their wall. All are records. */
export class CreateIncidents1795305600806 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await this.createIncidents(queryRunner);
    await this.createFollowers(queryRunner);
    await this.createGaps(queryRunner);
    for (const table of TABLES) await makeAppendOnly(queryRunner, table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['notice_incidents', 'notice_gaps']) {
      const kept = (await queryRunner.query(`SELECT "id" FROM "${table}" LIMIT 1`)) as unknown[];
      if (kept.length > 0) throw new Error('Incidents are on record: restore a backup, do not revert');
    }
    for (const table of TABLES) await endAppendOnly(queryRunner, table);
    for (const table of TABLES) await queryRunner.query(`DROP TABLE "${table}"`);
  }

  private async createIncidents(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "notice_incidents" (
        "id"            VARCHAR(36) NOT NULL,
        "notice_id"     VARCHAR(36) NOT NULL,
        "society_id"    VARCHAR(36) NOT NULL,
        "because_of"    VARCHAR(36),
        "kind"          VARCHAR(20) NOT NULL,
        "way"           VARCHAR(10) NOT NULL,
        "noticed_at"    DATETIME(3) NOT NULL,
        "taken_down_at" DATETIME(3) NOT NULL,
        "taken_down_by" VARCHAR(36),
        "by_society_id" VARCHAR(36) NOT NULL,
        CONSTRAINT "pk_notice_incidents" PRIMARY KEY ("id"),
        CONSTRAINT "ck_notice_incidents_kind" CHECK (kind IN ('FULL_NAME', 'NUMBER', 'ILLNESS', 'CHILD', 'ADDRESS', 'CONSENT_WITHDRAWN', 'OTHER')),
        CONSTRAINT "ck_notice_incidents_way" CHECK (way IN ('PERSON', 'VILLAGER', 'OWN_CHECK', 'ABOVE', 'OTHER')),
        CONSTRAINT "uq_notice_incidents_notice" UNIQUE ("notice_id"),
        CONSTRAINT "fk_notice_incidents_notice" FOREIGN KEY ("notice_id") ${references('notices')},
        CONSTRAINT "fk_notice_incidents_because" FOREIGN KEY ("because_of") ${references('notice_incidents')}
      )`);
    await queryRunner.query(
      `CREATE INDEX "ix_notice_incidents_society" ON "notice_incidents" ("society_id", "taken_down_at")`,
    );
  }

  private async createFollowers(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "notice_papers_down" (
        "id"          VARCHAR(36) NOT NULL,
        "incident_id" VARCHAR(36) NOT NULL,
        "down_at"     DATETIME(3) NOT NULL,
        "places"      INTEGER     NOT NULL,
        "file_id"     VARCHAR(36),
        "recorded_by" VARCHAR(36),
        "recorded_at" DATETIME(3) NOT NULL,
        CONSTRAINT "pk_notice_papers_down" PRIMARY KEY ("id"),
        CONSTRAINT "ck_notice_papers_down_places" CHECK (places > 0),
        CONSTRAINT "uq_notice_papers_down_incident" UNIQUE ("incident_id"),
        CONSTRAINT "fk_notice_papers_down_incident" FOREIGN KEY ("incident_id") ${references('notice_incidents')},
        CONSTRAINT "fk_notice_papers_down_file" FOREIGN KEY ("file_id") ${references('stored_files')}
      )`);
    await queryRunner.query(`
      CREATE TABLE "notice_incident_notes" (
        "id"          VARCHAR(36) NOT NULL,
        "incident_id" VARCHAR(36) NOT NULL,
        "kind"        VARCHAR(20) NOT NULL,
        "at"          DATETIME(3) NOT NULL,
        "recorded_by" VARCHAR(36),
        "recorded_at" DATETIME(3) NOT NULL,
        CONSTRAINT "pk_notice_incident_notes" PRIMARY KEY ("id"),
        CONSTRAINT "ck_notice_incident_notes_kind" CHECK (kind IN ('PERSON_TOLD', 'OFFICE_TOLD', 'NO_HARM')),
        CONSTRAINT "uq_notice_incident_notes_kind" UNIQUE ("incident_id", "kind"),
        CONSTRAINT "fk_notice_incident_notes_incident" FOREIGN KEY ("incident_id") ${references('notice_incidents')}
      )`);
  }

  private async createGaps(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE "notice_gaps" (
        "id"          VARCHAR(36) NOT NULL,
        "notice_id"   VARCHAR(36) NOT NULL,
        "place"       INTEGER     NOT NULL,
        "gone_at"     DATETIME(3) NOT NULL,
        "up_at"       DATETIME(3) NOT NULL,
        "reason"      VARCHAR(10) NOT NULL,
        "days"        INTEGER     NOT NULL,
        "recorded_by" VARCHAR(36),
        "recorded_at" DATETIME(3) NOT NULL,
        CONSTRAINT "pk_notice_gaps" PRIMARY KEY ("id"),
        CONSTRAINT "ck_notice_gaps_span" CHECK (gone_at < up_at),
        CONSTRAINT "ck_notice_gaps_days" CHECK (days >= 0 AND place > 0),
        CONSTRAINT "ck_notice_gaps_reason" CHECK (reason IN ('WIND', 'RAIN', 'TORN', 'COVERED', 'OTHER')),
        CONSTRAINT "uq_notice_gaps_place" UNIQUE ("notice_id", "place"),
        CONSTRAINT "fk_notice_gaps_notice" FOREIGN KEY ("notice_id") ${references('notices')}
      )`);
  }
}
