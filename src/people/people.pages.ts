import { Body, Controller, Get, Header, HttpCode, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors } from '../platform/web/forms.js';
import { Uploads, UploadedFiles } from '../platform/web/uploads.js';
import {
  ImportNotFound,
  PersonAlreadyRegistered,
  PersonInvalid,
  PersonLooksAlike,
  SheetRefused,
} from './domain/people.errors.js';
import { ConfirmImportForm, NewPersonForm, personDraftOf, SearchForm } from './people.forms.js';
import { mayHandle } from './people.permissions.js';
import { PeopleQueries } from './people.queries.js';
import { PeopleService } from './people.service.js';
import { importedView, importView, newPersonView, peopleView, previewView } from './people.views.js';
import { readPeopleSheet } from './sheet.reader.js';
import { templateSheet } from './sheet.template.js';

const IN_ADDRESS = /^[a-z\d]{1,20}$/i;

/** 名册: whom the society knows. */
@Controller('s/people')
export class PeoplePages {
  constructor(
    private readonly people: PeopleService,
    private readonly queries: PeopleQueries,
  ) {}

  @Get()
  @Render('people/list')
  async list(@By() actor: Actor, @Query('after') after: unknown): Promise<object> {
    const societyId = societyOf(actor);
    const page = await this.queries.list(societyId, typeof after === 'string' ? after : null);
    return peopleView({
      ...page,
      count: await this.queries.count(societyId),
      searched: false,
      mayHandle: mayHandle(actor),
    });
  }

  /** By POST, since names must not stand in addresses. */
  @Post('search')
  @HttpCode(200)
  async search(@By() actor: Actor, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const societyId = societyOf(actor);
    const form = await parseForm(SearchForm, body);
    const people = form.ok ? await this.queries.search(societyId, form.values.q) : [];
    void reply.status(form.ok ? 200 : 422);
    const facts = { people, count: 0, next: null, searched: true, mayHandle: mayHandle(actor) };
    void reply.view('people/list', peopleView(facts, form.typed, form.ok ? {} : form.errors));
  }

  /** For the script of a field that suggests: letters and digits only, and nothing for anything else. */
  @Get('suggest')
  async suggest(@By() actor: Actor, @Query('q') q: unknown): Promise<object> {
    const fits = typeof q === 'string' && IN_ADDRESS.test(q);
    const people = fits ? await this.queries.search(societyOf(actor), q) : [];
    return { items: people.map(({ id, name, group }) => ({ id, words: `${name} ${group}` })) };
  }

  @Get('new')
  @Render('people/new')
  newPerson(): object {
    return newPersonView({ residence: 'HUKOU' }, {});
  }

  @Post()
  async add(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(NewPersonForm, body);
    if (!form.ok) {
      void reply.status(422).view('people/new', newPersonView(form.typed, form.errors));
      return;
    }
    try {
      const { personId } = await this.people.addPerson(caller, personDraftOf(form.values), form.values);
      void reply.redirect(`/s/people/${personId}`, 303);
    } catch (error) {
      if (error instanceof PersonLooksAlike) {
        const twins = await this.queries.persons(societyOf(caller.actor), error.personIds);
        const errors = { isAnother: '名册里可能已经有这个人，请看一下' };
        void reply.status(422).view('people/new', newPersonView(form.typed, errors, twins));
        return;
      }
      void reply.status(422).view('people/new', newPersonView(form.typed, errorsByField(error)));
    }
  }

  @Get('import')
  @Render('people/import')
  newImport(): object {
    return importView({});
  }

  @Get('import/template.xlsx')
  @Header('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @Header('content-disposition', "attachment; filename*=UTF-8''%E5%90%8D%E5%86%8C%E6%A8%A1%E6%9D%BF.xlsx")
  async template(@Res() reply: FastifyReply): Promise<void> {
    void reply.send(await templateSheet());
  }

  @Post('import')
  @HttpCode(200)
  async preview(
    @From() caller: Caller,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const bytes = uploads.one('sheet');
    if (bytes === null) {
      void reply.status(422).view('people/import', importView({ sheet: '请选择填好的表格' }));
      return;
    }
    try {
      const sheet = await readPeopleSheet(bytes);
      const preview = await this.people.previewImport(caller, sheet);
      void reply.view('people/import-preview', previewView(preview, sheet));
    } catch (error) {
      if (!(error instanceof SheetRefused)) throw error;
      void reply.status(422).view('people/import', importView({ sheet: `${error.message}${error.advice}` }));
    }
  }

  @Post('import/confirm')
  @HttpCode(200)
  @Render('people/imported')
  async confirm(@From() caller: Caller, @Body() body: unknown): Promise<object> {
    const form = await parseForm(ConfirmImportForm, body);
    if (!form.ok) throw new ImportNotFound();
    return importedView(await this.people.confirmImport(caller, form.values.importId));
  }
}

function errorsByField(error: unknown): FieldErrors {
  if (error instanceof PersonInvalid) return { [error.field]: error.message };
  if (error instanceof PersonAlreadyRegistered) return { idNumber: error.message };
  throw error;
}
